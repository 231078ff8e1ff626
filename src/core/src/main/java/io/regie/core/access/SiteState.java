package io.regie.core.access;

/** Whether anybody may come in yet. */
public interface SiteState {

    /** False until setup is done. Must not block. */
    boolean open();
}
