/**
 * What stays on disk. Weights are safetensors files ({@link io.ponder.engine.storage.SafetensorsReader},
 * {@link io.ponder.engine.storage.SafetensorsWriter}), a {@link io.ponder.engine.storage.CheckpointFolder} pairs them with a JSON
 * manifest, {@link io.ponder.engine.storage.TransitionCsv} reads and writes logged transitions. Such a file is written beside its
 * target, forced to disk and renamed ({@link io.ponder.engine.storage.AtomicWrite}), so nothing half-written replaces something whole.
 * {@link io.ponder.engine.storage.EventFile} grows instead: curves for TensorBoard.
 */
@NullMarked
package io.ponder.engine.storage;

import org.jspecify.annotations.NullMarked;
