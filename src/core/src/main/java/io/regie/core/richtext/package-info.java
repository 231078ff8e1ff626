/**
 * Formatted text as people write it: a document of a closed set of nodes and marks, checked when it comes in, and the
 * markup it becomes. Owns no storage; features keep the document's JSON.
 */
@NullMarked
package io.regie.core.richtext;

import org.jspecify.annotations.NullMarked;
