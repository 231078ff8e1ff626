@NullMarked
package io.regie.core.web;

import org.jspecify.annotations.NullMarked;
