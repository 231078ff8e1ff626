/**
 * What people are told of while they do something else: in the studio and, gathered, by mail. Each feature says what
 * happened; this one knows whom it concerns and in which way they want to hear of it.
 */
@NullMarked
package io.regie.core.notifications;

import org.jspecify.annotations.NullMarked;
