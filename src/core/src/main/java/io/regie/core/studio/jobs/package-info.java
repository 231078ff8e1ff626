/**
 * The studio's pages of jobs: what is being worked on, what waits, what failed and what to do about it. Owns no rules.
 */
@NullMarked
package io.regie.core.studio.jobs;

import org.jspecify.annotations.NullMarked;
