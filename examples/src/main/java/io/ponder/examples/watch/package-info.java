/**
 * A page that shows a planner at work: {@link io.ponder.examples.watch.WatchSession} runs a system and a planner in real time and
 * {@link io.ponder.examples.watch.WatchServer} shows them to a browser on the same machine.
 */
@NullMarked
package io.ponder.examples.watch;

import org.jspecify.annotations.NullMarked;
