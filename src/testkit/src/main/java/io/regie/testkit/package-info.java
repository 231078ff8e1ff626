@NullMarked
package io.regie.testkit;

import org.jspecify.annotations.NullMarked;
