/**
 * The studio: what authors and administrators work with, under {@code /studio}. This package owns the frame that every
 * page stands in; each area has its own package below and asks the features for what it shows.
 *
 * <p>A page is added like this:
 *
 * <ol>
 *   <li>A resource {@code …Pages} with {@code @Access(value = Policy.SIGNED_IN, scope = Scope.EVERYTHING)} takes {@link
 *       io.regie.core.studio.StudioPages} by its constructor, calls {@code frame(Section)} and gives the frame to a
 *       checked template, and answers with {@code StudioPages.answer}.
 *   <li>The template begins with {@code {#include studio/layout frame=frame title=…}} and fills {@code {#actions}}
 *       (the page's primary action) and {@code {#content}}. A fragment for htmx is a template of its own without layout,
 *       answered in the same way.
 *   <li>Words come from a message bundle of the area, those of scripts from a {@code words.ts} beside them.
 *   <li>Looks come from the classes that {@code /studio/design} shows (in development mode); colours and sizes only from
 *       tokens. An area's own style sheet is imported by its custom element, or by {@code studio.css} when it is small.
 *   <li>What needs a script is a custom element; one line in {@code studio/elements.ts} loads it when its tag stands on
 *       a page. Icons are one line each in {@code studio/icons.html}.
 *   <li>{@code data-confirm} on a button asks first, {@code time[data-relative]} stays fresh, {@code regie:hint} on the
 *       document says that something changed, {@code toast()} and {@code call()} speak to people and to the API.
 * </ol>
 */
@NullMarked
package io.regie.core.studio;

import org.jspecify.annotations.NullMarked;
