@NullMarked
package io.regie.core.studio.jobs;

import org.jspecify.annotations.NullMarked;
