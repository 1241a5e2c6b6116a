/**
 * Replays golden files made by other systems and says where Ponder differs. A {@link io.ponder.examples.conformance.GoldenKind} knows how
 * to replay one kind of file; {@link io.ponder.examples.conformance.Conformance} walks directories, asks the kinds, and counts. Nothing
 * here is needed to plan or to learn.
 */
@NullMarked
package io.ponder.examples.conformance;

import org.jspecify.annotations.NullMarked;
