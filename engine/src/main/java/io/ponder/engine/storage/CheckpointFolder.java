package io.ponder.engine.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Keeps the checkpoints of one model in a folder: {@code checkpoint-N.safetensors} (weights) and {@code checkpoint-N.json} (manifest)
 * for the newest two generations N.
 *
 * <p>A generation exists when its manifest does: weights are written first, the manifest, which holds their length and SHA-256, is
 * renamed into place last, and the oldest generation is deleted after that. So a crash or a full disk at any moment leaves the
 * generation before whole, and {@link #load} uses it where the newest cannot be read.
 *
 * <p>One process writes a folder at a time. Not thread-safe.
 */
public final class CheckpointFolder {
    private static final Logger LOG = LogManager.getLogger(CheckpointFolder.class);
    private static final Pattern MANIFEST = Pattern.compile("checkpoint-([1-9][0-9]{0,17})\\.json");
    private static final Pattern WEIGHTS = Pattern.compile("checkpoint-([1-9][0-9]{0,17})\\.safetensors");
    private static final int KEPT = 2;

    private final Path folder;
    private final UnaryOperator<OutputStream> disk;

    /** Names a folder; it need not exist before something is saved. */
    public CheckpointFolder(Path folder) {
        this(folder, UnaryOperator.identity());
    }

    CheckpointFolder(Path folder, UnaryOperator<OutputStream> disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /** Returns the folder. */
    public Path folder() {
        return folder;
    }

    /**
     * Saves a new generation and deletes all but the newest two.
     *
     * @return its number
     * @throws CheckpointException if it cannot be written; the generations before are then untouched
     */
    public long save(CheckpointManifest manifest, SafetensorsWriter weights) throws IOException {
        try {
            Files.createDirectories(folder);
            deleteLeftovers();
            long generation = Math.max(newest(MANIFEST), newest(WEIGHTS)) + 1;
            write(generation, manifest, weights);
            deleteOld();
            return generation;
        } catch (IOException e) {
            throw new CheckpointException("No checkpoint could be saved in " + folder + ": " + reason(e)
                    + "\nMaybe the disk is full, or the folder is not writable.", e);
        }
    }

    private void write(long generation, CheckpointManifest manifest, SafetensorsWriter weights) throws IOException {
        Path weightsFile = folder.resolve("checkpoint-" + generation + ".safetensors");
        MessageDigest digest = sha256();
        AtomicWrite.write(weightsFile, out -> weights.writeTo(new DigestOutputStream(out, digest)), disk);
        try {
            byte[] json = manifest.toJson(new CheckpointManifest.Weights(
                    weightsFile.getFileName().toString(), Files.size(weightsFile), HexFormat.of().formatHex(digest.digest())));
            AtomicWrite.write(folder.resolve("checkpoint-" + generation + ".json"), out -> out.write(json), disk);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(weightsFile);
            throw e;
        }
    }

    /** The messages of these two are the bare path. */
    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) return "access to " + e.getMessage() + " is denied.";
        if (e instanceof FileAlreadyExistsException) return e.getMessage() + " is in the way.";
        return e.getMessage() + ".";
    }

    /**
     * Opens the newest generation that is whole; what was wrong with newer ones is logged and told by {@link Checkpoint#skipped}.
     *
     * @throws CheckpointException if the folder holds no checkpoint, or none that can be used
     */
    public Checkpoint load() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new CheckpointException(
                    folder + " is no folder with a checkpoint.\nMaybe the path is wrong, or nothing was saved yet.");
        }
        List<Long> generations = generations(MANIFEST);
        if (generations.isEmpty()) {
            throw new CheckpointException(
                    folder + " holds no checkpoint (no checkpoint-N.json).\nMaybe the path is wrong, or nothing was saved yet.");
        }
        var skipped = new ArrayList<String>();
        for (long generation : generations) {
            Path file = folder.resolve("checkpoint-" + generation + ".json");
            try {
                Checkpoint checkpoint = open(file, generation, skipped);
                for (String reason : skipped) LOG.warn("{} is used in place of a newer one. {}", file, reason);
                return checkpoint;
            } catch (IOException e) {
                skipped.add(e.getMessage());
            }
        }
        if (skipped.size() == 1) throw new CheckpointException(skipped.get(0));
        throw new CheckpointException(skipped.get(0).lines().findFirst().orElse("")
                + "\nMaybe the folder was damaged: none of its " + skipped.size() + " checkpoints can be used.");
    }

    private Checkpoint open(Path file, long generation, List<String> skipped) throws IOException {
        try {
            ManifestFields root = CheckpointManifest.parse(Files.readAllBytes(file));
            CheckpointManifest manifest = CheckpointManifest.of(root);
            CheckpointManifest.Weights weights = CheckpointManifest.weights(root);
            Path weightsFile = verify(weights);
            return new Checkpoint(manifest, SafetensorsReader.open(weightsFile), file, generation, skipped);
        } catch (CheckpointException e) {
            throw new CheckpointException("Checkpoint " + file + ": " + e.getMessage(), e);
        }
    }

    private Path verify(CheckpointManifest.Weights weights) throws IOException {
        if (!WEIGHTS.matcher(weights.file()).matches()) {
            throw new CheckpointException("The field 'weights.file' of the manifest is '" + weights.file()
                    + "', but it must be the name of a checkpoint-N.safetensors in the same folder.");
        }
        Path file = folder.resolve(weights.file());
        long bytes;
        try {
            bytes = Files.size(file);
        } catch (NoSuchFileException e) {
            throw new CheckpointException("its weights " + weights.file() + " are missing.\nMaybe only the manifest was copied.", e);
        }
        if (bytes != weights.bytes()) {
            throw new CheckpointException("its weights " + weights.file() + " have " + bytes + " bytes, but " + weights.bytes()
                    + " were saved.\nMaybe the file was cut.");
        }
        MessageDigest digest = sha256();
        try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            Files.copy(file, out);
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(weights.sha256())) {
            throw new CheckpointException(
                    "its weights " + weights.file() + " are not those that were saved.\nMaybe they come from another run.");
        }
        return file;
    }

    /** Returns the numbers of the files that match, the newest first. */
    private List<Long> generations(Pattern pattern) throws IOException {
        var found = new ArrayList<Long>();
        for (String name : names()) {
            Matcher matcher = pattern.matcher(name);
            if (matcher.matches()) found.add(Long.valueOf(matcher.group(1)));
        }
        found.sort((one, two) -> Long.compare(two, one));
        return found;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private long newest(Pattern pattern) throws IOException {
        List<Long> generations = generations(pattern);
        return generations.isEmpty() ? 0 : generations.get(0);
    }

    /**
     * Deletes temporary files of a process that was killed, and weights without a manifest that are older than the newest manifest.
     * Newer ones stay until then: they may be all that somebody has.
     */
    private void deleteLeftovers() throws IOException {
        List<Long> manifests = generations(MANIFEST);
        for (String name : names()) {
            if (AtomicWrite.isTemporaryOf(name, "checkpoint-[0-9]+\\.(json|safetensors)")) Files.deleteIfExists(folder.resolve(name));
        }
        for (long generation : generations(WEIGHTS)) {
            if (!manifests.contains(generation) && generation < newest(MANIFEST)) {
                Files.deleteIfExists(folder.resolve("checkpoint-" + generation + ".safetensors"));
            }
        }
    }

    private void deleteOld() throws IOException {
        List<Long> generations = generations(MANIFEST);
        for (long generation : generations.subList(Math.min(KEPT, generations.size()), generations.size())) {
            Files.deleteIfExists(folder.resolve("checkpoint-" + generation + ".json"));
            Files.deleteIfExists(folder.resolve("checkpoint-" + generation + ".safetensors"));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
