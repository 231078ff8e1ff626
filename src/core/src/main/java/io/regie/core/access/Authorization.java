package io.regie.core.access;

/** The one authorization function. Whoever gets false answers as if the thing did not exist. */
public final class Authorization {

    private Authorization() {}

    public static boolean may(Caller caller, Action action, Guarded thing) {
        return switch (action) {
            case READ -> thing.visibility() != Visibility.PRIVATE || isMaker(caller, thing, Scope.MEDIA_READ);
            case EDIT -> isMaker(caller, thing, Scope.MEDIA_WRITE);
        };
    }

    /** Whether somebody may have the server connect to addresses of their choice. */
    public static boolean mayReachOut(Caller caller) {
        return caller.signedIn()
                && caller.has(Scope.MEDIA_WRITE)
                && caller.role().atLeast(Role.AUTHOR);
    }

    private static boolean isMaker(Caller caller, Guarded thing, Scope scope) {
        if (!caller.signedIn() || !caller.has(scope)) {
            return false;
        }
        boolean owns = thing.owner().equals(caller.account()) && caller.role().atLeast(Role.CONTRIBUTOR);
        return owns || caller.role().atLeast(Role.EDITOR);
    }
}
