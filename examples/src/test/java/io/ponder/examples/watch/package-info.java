/** Tests of the page that shows a planner at work. */
@org.jspecify.annotations.NullMarked
package io.ponder.examples.watch;
