@NullMarked
package io.regie.ffmpeg;

import org.jspecify.annotations.NullMarked;
