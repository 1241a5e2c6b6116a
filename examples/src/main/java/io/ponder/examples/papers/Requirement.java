package io.ponder.examples.papers;

import java.util.function.Predicate;

/**
 * What else must hold, of no arm in particular.
 *
 * @param text what is asked, as the page says it
 * @param test tells from all seeds whether it holds
 */
public record Requirement(String text, Predicate<Outcome> test) {}
