package io.regie.core.media;

/** Names under which people save files that others sent. */
final class AnnexNames {

    private static final String NAMELESS = "file";

    private AnnexNames() {}

    /**
     * Without folders, and without what makes a name look like another one: signs that turn the direction of writing
     * would have {@code gpj.exe} read as {@code exe.jpg}.
     */
    static String clean(String filename) {
        String name = filename.substring(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1)
                .replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ")
                .strip();
        return name.replaceAll("[. ]", "").isEmpty() ? NAMELESS : name;
    }
}
