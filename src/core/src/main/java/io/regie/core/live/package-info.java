/**
 * Live streams: sources on the network that can be recorded, their secrets, where on the network they may be, and when
 * they are recorded. What reads them is a plugin's job; what comes of it is a media article.
 */
@NullMarked
package io.regie.core.live;

import org.jspecify.annotations.NullMarked;
