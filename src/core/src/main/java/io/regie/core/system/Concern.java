package io.regie.core.system;

/**
 * Something that an administrator should know of.
 *
 * @param code short and for ever the same
 * @param urgent whether people should be told who are not looking
 * @param detail more about it, as a number or a name; may be empty
 */
public record Concern(String code, boolean urgent, String detail) {

    static Concern urgent(String code, String detail) {
        return new Concern(code, true, detail);
    }

    static Concern notice(String code, String detail) {
        return new Concern(code, false, detail);
    }
}
