/** What people are told, in the studio: the bell on every page, and the page behind it. */
@NullMarked
package io.regie.core.studio.notifications;

import org.jspecify.annotations.NullMarked;
