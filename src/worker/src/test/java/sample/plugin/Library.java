package sample.plugin;

/** What a plugin brings in a jar of its own. */
final class Library {

    private Library() {}

    static String name() {
        return "from a library";
    }
}
