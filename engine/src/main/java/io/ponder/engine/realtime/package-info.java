/**
 * Planning beside a running system. The system is controlled by one thread at a steady rate; another thread plans. They hand each other
 * estimates and plans without locks, and a plan begins where the system will be when its first action takes effect:
 * {@link io.ponder.engine.realtime.RealTimeLoop}.
 */
@NullMarked
package io.ponder.engine.realtime;

import org.jspecify.annotations.NullMarked;
