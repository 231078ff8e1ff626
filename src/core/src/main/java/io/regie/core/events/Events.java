package io.regie.core.events;

/** Tells every listener on every node, after the current transaction committed (at once where there is none). */
public interface Events {

    void publish(Hint hint);
}
