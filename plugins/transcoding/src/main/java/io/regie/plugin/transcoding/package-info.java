@NullMarked
package io.regie.plugin.transcoding;

import org.jspecify.annotations.NullMarked;
