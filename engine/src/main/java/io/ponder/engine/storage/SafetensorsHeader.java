package io.ponder.engine.storage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parses and checks the header of a safetensors file: names are unique, shapes agree with byte ranges, and the ranges cover the data
 * without overlap, hole or remainder.
 */
final class SafetensorsHeader {
    static final String METADATA = "__metadata__";
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final Path file;
    private final long dataBytes;
    private final Map<String, TensorEntry> tensors = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private SafetensorsHeader(Path file, long dataBytes) {
        this.file = file;
        this.dataBytes = dataBytes;
    }

    /** Parses header bytes; {@code dataBytes} is what follows them in the file. */
    static SafetensorsHeader parse(Path file, ByteBuffer bytes, long dataBytes) throws IOException {
        var header = new SafetensorsHeader(file, dataBytes);
        try {
            header.parse(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException e) {
            throw header.wrong("the header is not UTF-8 text.");
        } catch (JsonProcessingException e) {
            throw header.wrong("the header is not JSON of the expected form (" + e.getOriginalMessage() + ").");
        }
        header.checkCoverage();
        return header;
    }

    Map<String, TensorEntry> tensors() {
        return tensors;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    private void parse(String text) throws IOException {
        if (!text.startsWith("{")) throw wrong("the header does not begin with '{'.");
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals(METADATA)) parseMetadata(parser);
                else tensors.put(name, parseTensor(parser, name));
            }
            if (parser.nextToken() != null) throw wrong("the header goes on behind its closing brace.");
        }
    }

    private void parseMetadata(JsonParser parser) throws IOException {
        if (!parser.isExpectedStartObjectToken()) throw wrong(METADATA + " is not an object.");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_STRING) throw wrong(METADATA + " entry '" + key + "' is not a text.");
            metadata.put(key, parser.getText());
        }
    }

    private TensorEntry parseTensor(JsonParser parser, String name) throws IOException {
        if (!parser.isExpectedStartObjectToken()) throw wrong("tensor '" + name + "' is not described by an object.");
        String typeName = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (field) {
                case "dtype" -> {
                    if (token != JsonToken.VALUE_STRING) throw wrong("tensor '" + name + "' has a dtype that is not a text.");
                    typeName = parser.getText();
                }
                case "shape" -> shape = parseNumbers(parser, name, field);
                case "data_offsets" -> offsets = parseNumbers(parser, name, field);
                default -> throw wrong("tensor '" + name + "' has the unknown field '" + field + "'.");
            }
        }
        if (typeName == null || shape == null || offsets == null) {
            throw wrong("tensor '" + name + "' lacks its dtype, shape or data_offsets.");
        }
        TensorType type = TensorType.named(typeName);
        if (type == null) throw wrong("tensor '" + name + "' has dtype " + typeName + ", which the format does not know.");
        return entry(name, type, shape, offsets);
    }

    private List<Long> parseNumbers(JsonParser parser, String name, String field) throws IOException {
        if (!parser.isExpectedStartArrayToken()) throw wrong("tensor '" + name + "' has a " + field + " that is not a list.");
        var numbers = new ArrayList<Long>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                throw wrong("tensor '" + name + "' has a " + field + " with an entry that is not a whole number.");
            }
            long value = parser.getLongValue();
            if (value < 0) throw wrong("tensor '" + name + "' has a " + field + " with the negative entry " + value + ".");
            numbers.add(value);
        }
        return numbers;
    }

    private TensorEntry entry(String name, TensorType type, List<Long> shape, List<Long> offsets) throws IOException {
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1) || offsets.get(1) > dataBytes) {
            throw wrong("tensor '" + name + "' has data_offsets " + offsets + ", but the file holds " + dataBytes
                    + " bytes of data.\nMaybe the file was cut.");
        }
        long bytes = offsets.get(1) - offsets.get(0);
        try {
            long count = 1;
            for (long size : shape) count = Math.multiplyExact(count, size);
            if (Math.multiplyExact(count, type.bits()) == Math.multiplyExact(bytes, 8)) {
                return new TensorEntry(name, type, shape, count, offsets.get(0), bytes);
            }
        } catch (ArithmeticException tooLarge) {
            // Reported below: no file holds that many bytes.
        }
        throw wrong("tensor '" + name + "' of dtype " + type + " and shape " + shape + " does not fill its " + bytes + " bytes.");
    }

    private void checkCoverage() throws IOException {
        var byOffset = new ArrayList<>(tensors.values());
        byOffset.sort(Comparator.comparingLong(TensorEntry::offset).thenComparingLong(TensorEntry::bytes));
        long end = 0;
        for (TensorEntry entry : byOffset) {
            if (entry.offset() != end) {
                throw wrong("the data of tensor '" + entry.name() + "' begin at byte " + entry.offset() + ", but byte " + end
                        + " is where the tensor before ends.");
            }
            end += entry.bytes();
        }
        if (end != dataBytes) throw wrong("the tensors fill " + end + " bytes, but the file holds " + dataBytes + " bytes of data.");
    }

    private SafetensorsException wrong(String problem) {
        return new SafetensorsException(file, problem);
    }
}
