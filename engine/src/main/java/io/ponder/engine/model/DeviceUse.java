package io.ponder.engine.model;

/**
 * Capability: a model that lets another device work tells which one, and what it asked of it. Planners put this into their diagnostics. The counts
 * are those of all forks together, and are to be read while none of them works.
 */
public interface DeviceUse {
    /** Returns what computes the model's steps, such as the device's name and driver. */
    String executedOn();

    /** Returns the kernels launched so far. */
    long launches();

    /** Returns the bytes moved to and from the device so far. */
    long bytesMoved();
}
