/** A plugin that misbehaves on demand. Tests put its classes into a jar; the server never has them. */
@NullMarked
package io.regie.testplugin;

import org.jspecify.annotations.NullMarked;
