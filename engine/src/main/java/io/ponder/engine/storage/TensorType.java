package io.ponder.engine.storage;

import org.jspecify.annotations.Nullable;

/** Names the element types that the safetensors format knows; {@link SafetensorsReader} converts some of them. */
public enum TensorType {
    /** IEEE single precision. */
    F32(32),
    /** IEEE double precision. */
    F64(64),
    /** IEEE half precision. */
    F16(16),
    /** The upper half of single precision. */
    BF16(16),
    /** Signed 32-bit integers. */
    I32(32),
    /** Signed 64-bit integers. */
    I64(64),
    /** One byte per truth value. */
    BOOL(8),
    /** Unsigned bytes. */
    U8(8),
    /** Signed bytes. */
    I8(8),
    /** Unsigned 16-bit integers. */
    U16(16),
    /** Signed 16-bit integers. */
    I16(16),
    /** Unsigned 32-bit integers. */
    U32(32),
    /** Unsigned 64-bit integers. */
    U64(64),
    /** Complex numbers of two singles. */
    C64(64),
    /** 4-bit floats. */
    F4(4),
    /** 6-bit floats, 2 exponent bits. */
    F6_E2M3(6),
    /** 6-bit floats, 3 exponent bits. */
    F6_E3M2(6),
    /** 8-bit floats, 5 exponent bits. */
    F8_E5M2(8),
    /** 8-bit floats, 4 exponent bits. */
    F8_E4M3(8),
    /** 8-bit powers of two. */
    F8_E8M0(8),
    /** 8-bit floats, 4 exponent bits, one zero. */
    F8_E4M3FNUZ(8),
    /** 8-bit floats, 5 exponent bits, one zero. */
    F8_E5M2FNUZ(8);

    private final int bits;

    TensorType(int bits) {
        this.bits = bits;
    }

    /** Returns the size of an element in bits. */
    public int bits() {
        return bits;
    }

    static @Nullable TensorType named(String name) {
        for (TensorType type : values()) if (type.name().equals(name)) return type;
        return null;
    }
}
