package io.regie.core.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Who may call a REST method or every method of its class. Each one declares it, or the start fails. What a caller may
 * do with the object behind the call is {@link Authorization}'s business, not a path's.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Access {

    Policy value();

    /** What a token must be good for. */
    Scope scope() default Scope.EVERYTHING;
}
