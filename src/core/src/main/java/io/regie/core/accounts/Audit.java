package io.regie.core.accounts;

import io.quarkus.arc.Arc;
import io.regie.core.access.CurrentCaller;
import jakarta.inject.Singleton;

/** One line in the log for each thing that changes who may do what: who did it, and to whom. Never a secret. */
@Singleton
public class Audit {

    private static final System.Logger LOG = System.getLogger("io.regie.audit");

    private final CurrentCaller caller;

    Audit(CurrentCaller caller) {
        this.caller = caller;
    }

    /**
     * @param deed past participle: {@code invited}, {@code disabled}
     * @param subject whom it concerns; what people wrote is made harmless
     */
    public void record(String deed, Object subject) {
        LOG.log(System.Logger.Level.INFO, "{0} {1} by {2}", deed, plain(String.valueOf(subject)), who());
    }

    private String who() {
        boolean asked = Arc.container().requestContext().isActive();
        return asked && caller.get().account() != null
                ? String.valueOf(caller.get().account())
                : "nobody signed in";
    }

    private static String plain(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
        return line.length() > 300 ? line.substring(0, 300) : line;
    }
}
