/**
 * Turning problems into HTTP, request ids, headers, paging.
 */
@NullMarked
package io.regie.core.web;

import org.jspecify.annotations.NullMarked;
