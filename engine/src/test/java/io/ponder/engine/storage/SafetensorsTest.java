package io.ponder.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
    @TempDir
    Path folder;

    private Path raw(String header, int dataBytes) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text);
        for (int i = 0; i < dataBytes; i++) bytes.put((byte) (i + 1));
        return Files.write(folder.resolve("raw.safetensors"), bytes.array());
    }

    private static String tensor(String type, String shape, int from, int to) {
        return "{\"dtype\":\"" + type + "\",\"shape\":" + shape + ",\"data_offsets\":[" + from + "," + to + "]}";
    }

    @Test
    void everyTypeComesBackAsWritten() throws IOException {
        Path file = folder.resolve("all.safetensors");
        float[] large = new float[40_000];
        var random = new SplittableRandom(1);
        for (int i = 0; i < large.length; i++) large[i] = Float.intBitsToFloat(random.nextInt());
        float[] special = {Float.NaN, Float.NEGATIVE_INFINITY, -0f, Float.MIN_VALUE};

        new SafetensorsWriter()
                .metadata("note", "Größe 🙂 \"quoted\"")
                .add("large", new int[] {200, 200}, large)
                .add("special", new int[] {4}, special)
                .add("double", new int[] {}, new double[] {Math.PI})
                .add("ints", new int[] {3}, new int[] {Integer.MIN_VALUE, 0, 7})
                .add("longs", new int[] {1, 2}, new long[] {Long.MIN_VALUE, 1L << 53 | 1})
                .add("empty", new int[] {0, 5}, new float[0])
                .write(file);

        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            float[] read = reader.readFloats("large");
            for (int i = 0; i < large.length; i++) {
                assertThat(Float.floatToRawIntBits(read[i])).isEqualTo(Float.floatToRawIntBits(large[i]));
            }
            assertThat(reader.readFloats("special")).containsExactly(special);
            assertThat(reader.readDoubles("double")).containsExactly(Math.PI);
            assertThat(reader.readDoubles("ints")).containsExactly(Integer.MIN_VALUE, 0, 7);
            assertThat(reader.readInts("ints")).containsExactly(Integer.MIN_VALUE, 0, 7);
            assertThat(reader.readLongs("longs")).containsExactly(Long.MIN_VALUE, 1L << 53 | 1);
            assertThat(reader.readFloats("empty")).isEmpty();
            assertThat(reader.entry("double").shape()).isEmpty();
            assertThat(reader.metadata()).containsEntry("note", "Größe 🙂 \"quoted\"");
        }
    }

    @Test
    void dataAreAlignedAndTheBytesDoNotDependOnTheOrderOfAdding() throws IOException {
        float[] a = {1, 2, 3};
        double[] b = {4};
        var one = new ByteArrayOutputStream();
        var two = new ByteArrayOutputStream();
        new SafetensorsWriter().add("a", new int[] {3}, a).add("b", new int[] {1}, b).writeTo(one);
        new SafetensorsWriter().add("b", new int[] {1}, b).add("a", new int[] {3}, a).writeTo(two);

        assertThat(one.toByteArray()).isEqualTo(two.toByteArray());
        long length = ByteBuffer.wrap(one.toByteArray()).order(ByteOrder.LITTLE_ENDIAN).getLong();
        assertThat(length % 8).isZero();
        assertThat(one.size()).isEqualTo(8 + (int) length + 8 + 12);
    }

    @Test
    void theLibrarysFileIsWrittenByteForByte() throws IOException {
        Path library = SafetensorsGoldenTest.golden("mixed.safetensors");
        var writer = new SafetensorsWriter();
        try (SafetensorsReader reader = SafetensorsReader.open(library)) {
            for (TensorEntry entry : reader.tensors()) {
                int[] shape = entry.shape().stream().mapToInt(Math::toIntExact).toArray();
                switch (entry.type()) {
                    case F32 -> writer.add(entry.name(), shape, reader.readFloats(entry.name()));
                    case F64 -> writer.add(entry.name(), shape, reader.readDoubles(entry.name()));
                    case I32 -> writer.add(entry.name(), shape, reader.readInts(entry.name()));
                    default -> writer.add(entry.name(), shape, reader.readLongs(entry.name()));
                }
            }
        }
        var out = new ByteArrayOutputStream();

        writer.writeTo(out);

        assertThat(out.toByteArray()).isEqualTo(Files.readAllBytes(library));
    }

    @Test
    void aTypeThatIsNotConvertedIsRefusedAndTheOthersStayReadable() throws IOException {
        Path file = raw("{\"mask\":" + tensor("BOOL", "[4]", 0, 4) + ",\"x\":" + tensor("I32", "[1]", 4, 8) + "}", 8);

        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            assertThat(reader.readInts("x")).containsExactly(0x08070605);
            assertThatThrownBy(() -> reader.readFloats("mask"))
                    .isInstanceOf(SafetensorsException.class)
                    .hasMessageContaining("tensor 'mask' has dtype BOOL");
            assertThatThrownBy(() -> reader.readFloats("x")).hasMessageContaining("tensor 'x' has dtype I32");
            assertThatThrownBy(() -> reader.readFloats("y")).hasMessageContaining("no tensor 'y'");
        }
    }

    @Test
    void aWrongNumberOfElementsIsRefused() throws IOException {
        Path file = folder.resolve("a.safetensors");
        new SafetensorsWriter().add("a", new int[] {3}, new float[3]).write(file);

        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            assertThatThrownBy(() -> reader.readFloats("a", new float[4])).hasMessageContaining("has 3 elements, but 4 are expected");
        }
    }

    @Test
    void halfPrecisionIsConvertedExactly() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = SafetensorsReader.halfToFloat((short) bits);
            int exponent = bits >>> 10 & 0x1F;
            int mantissa = bits & 0x3FF;
            double magnitude = exponent == 0x1F
                    ? mantissa == 0 ? Double.POSITIVE_INFINITY : Double.NaN
                    : exponent == 0 ? Math.scalb((double) mantissa, -24) : Math.scalb(1024.0 + mantissa, exponent - 25);
            assertThat(Double.compare(value, bits < 0x8000 ? magnitude : -magnitude)).as("half %x", bits).isZero();
        }
    }

    @Test
    void headersThatLieAreRefused() throws IOException {
        String good = "\"a\":" + tensor("F32", "[2]", 0, 8);
        assertRefused("{" + good + "}", 12, "fill 8 bytes, but the file holds 12");
        assertRefused("{\"a\":" + tensor("F32", "[2]", 4, 12) + "}", 12, "begin at byte 4");
        assertRefused("{\"a\":" + tensor("F32", "[3]", 0, 8) + "}", 8, "does not fill its 8 bytes");
        assertRefused("{\"a\":" + tensor("F32", "[4294967296,4294967296]", 0, 8) + "}", 8, "does not fill its 8 bytes");
        assertRefused("{\"a\":" + tensor("F32", "[1e0]", 0, 8) + "}", 8, "not a whole number");
        assertRefused("{\"a\":" + tensor("F32", "[2]", 8, 0) + "}", 8, "data_offsets [8, 0]");
        assertRefused("{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}", 8, "lacks its dtype, shape or data_offsets");
        assertRefused("{\"a\":7}", 8, "not described by an object");
        assertRefused("{\"__metadata__\":{\"k\":7}," + good + "}", 8, "entry 'k' is not a text");
        assertRefused("{" + good + "} x", 8, "header");
        assertRefused("[" + good + "]", 8, "does not begin with '{'");
    }

    private void assertRefused(String header, int dataBytes, String message) throws IOException {
        Path file = raw(header, dataBytes);
        assertThatThrownBy(() -> SafetensorsReader.open(file).close()).isInstanceOf(SafetensorsException.class).hasMessageContaining(message);
    }

    @Test
    void headersThatAreNotTextAreRefused() throws IOException {
        byte[] bytes = {4, 0, 0, 0, 0, 0, 0, 0, '{', (byte) 0xC3, (byte) 0x28, '}'};
        Path file = Files.write(folder.resolve("latin.safetensors"), bytes);

        assertThatThrownBy(() -> SafetensorsReader.open(file)).hasMessageContaining("not UTF-8");
    }

    @Test
    void namesAndShapesAreCheckedWhenAdded() {
        var writer = new SafetensorsWriter().add("a", new int[] {3}, new float[3]);

        assertThatThrownBy(() -> writer.add("a", new int[] {1}, new int[1])).hasMessageContaining("'a' is taken");
        assertThatThrownBy(() -> writer.add("b", new int[] {2, 2}, new float[3])).hasMessageContaining("its shape [2, 2] holds 4");
        assertThatThrownBy(() -> writer.add("__metadata__", new int[] {1}, new float[1])).hasMessageContaining("taken");
    }
}
