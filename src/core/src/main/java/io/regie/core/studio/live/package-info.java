/** The studio's pages of live streams: add, test, record, plan. */
@NullMarked
package io.regie.core.studio.live;

import org.jspecify.annotations.NullMarked;
