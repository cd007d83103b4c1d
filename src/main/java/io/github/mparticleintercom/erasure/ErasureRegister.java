package io.github.mparticleintercom.erasure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.intercom.ErasedUsers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps how far each request to forget a user has come, a file of JSON each, so that a restart knows it, and so do other instances
 * that have the same folder. No file holds whom it is about: names in them cannot be read back, and go a day after the end.
 */
public final class ErasureRegister {

    /** {@code subject_request_id}. */
    static final String ID = "subject_request_id";
    /** When it was received, in Unix milliseconds. */
    static final String RECEIVED = "received_at";
    /** {@code pending}, {@code in_progress}, {@code completed} or {@code cancelled}. */
    static final String STATUS = "request_status";
    /** Whether all its parts are on the queue. */
    static final String QUEUED = "queued";
    /** The names of its users; true where the name is an email that the request named. */
    static final String NAMES = "names";
    /** The names of those that are still to be forgotten. */
    static final String OPEN = "open";
    /** Whom to tell, and what they know. */
    static final String CALLBACKS = "callbacks";
    /** When it came to its end, in Unix milliseconds. */
    static final String ENDED = "ended_at";

    private static final Pattern FILE = Pattern.compile("([0-9a-f-]{36})\\.json");
    /** Longer than what was accepted before waits anywhere, once Intercom has answered. */
    private static final long NAMES_MILLIS = TimeUnit.DAYS.toMillis(1);
    /** One for the whole process, which may hold a lock of a file once only. */
    private static final Object LOCK = new Object();

    /** What a file said when it was last read. */
    private record Entry(long modified, ObjectNode record) {
    }

    private final Map<String, Entry> entries = new TreeMap<>();
    private ErasedUsers users = new ErasedUsers();
    private Path data = Path.of("data");
    private String folder = "";
    private long statusMillis = TimeUnit.DAYS.toMillis(90);

    /** The folder of all that is kept, in which the files have one of their own. */
    public void setData(String data) {
        this.data = Path.of(data);
    }

    /** Another folder for the files; blank for that. */
    public void setFolder(String folder) {
        this.folder = folder.strip();
    }

    /** How long a status can be asked for after the end, in days. */
    public void setStatusDays(int days) {
        statusMillis = TimeUnit.DAYS.toMillis(days);
    }

    /** Learns whose requests go nowhere. */
    public void setUsers(ErasedUsers users) {
        this.users = users;
    }

    /**
     * Reads what other instances wrote, and lets go what is old, and what nobody asked for again after it could not be stored.
     *
     * @throws IOException when the folder cannot be read
     */
    public void refresh() throws IOException {
        if (!Files.isDirectory(folder())) {
            return;
        }
        synchronized (LOCK) {
            Map<String, Entry> found = new TreeMap<>();
            try (Stream<Path> files = Files.list(folder())) {
                for (Path file : files.filter(one -> FILE.matcher(one.getFileName().toString()).matches()).toList()) {
                    String id = file.getFileName().toString().replace(".json", "");
                    long modified = Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS);
                    Entry known = entries.get(id);
                    Entry entry = known != null && known.modified() == modified ? known : entry(file).orElse(null);
                    if (entry != null) {
                        found.put(id, entry);
                    }
                }
            }
            entries.clear();
            entries.putAll(found);
            long now = System.currentTimeMillis();
            for (Entry entry : List.copyOf(found.values())) {
                long ended = entry.record().path(ENDED).asLong(Long.MAX_VALUE);
                String id = entry.record().path(ID).asText();
                boolean never = !entry.record().path(QUEUED).asBoolean() && entry.record().path(STATUS).asText().equals("pending")
                        && now - entry.record().path(RECEIVED).asLong() > NAMES_MILLIS;
                if (now - ended > statusMillis || never) {
                    Files.deleteIfExists(file(id));
                    entries.remove(id);
                } else if (now - ended > NAMES_MILLIS && entry.record().has(NAMES)) {
                    update(id, record -> record.remove(List.of(NAMES, OPEN)));
                }
            }
            tell();
        }
    }

    /** The record of this request. */
    Optional<ObjectNode> find(String id) {
        try {
            return entry(file(id)).map(Entry::record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that were there when somebody last looked. */
    List<ObjectNode> all() {
        synchronized (LOCK) {
            return entries.values().stream().map(Entry::record).toList();
        }
    }

    /** Writes a new record, unless there is one. */
    ObjectNode create(ObjectNode fresh) {
        String id = fresh.path(ID).asText();
        synchronized (LOCK) {
            return locked(() -> {
                Optional<ObjectNode> known = find(id);
                if (known.isEmpty()) {
                    write(id, fresh);
                }
                return known.orElse(fresh);
            });
        }
    }

    /** Changes a record and writes it; does nothing where there is none. */
    Optional<ObjectNode> update(String id, Consumer<ObjectNode> change) {
        synchronized (LOCK) {
            return locked(() -> {
                Optional<ObjectNode> known = find(id);
                if (known.isPresent()) {
                    change.accept(known.get());
                    write(id, known.get());
                }
                return known;
            });
        }
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    /** Other instances may have the same folder. */
    private <T> T locked(Work<T> work) {
        try {
            Files.createDirectories(folder());
            try (FileChannel channel = FileChannel.open(folder().resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                return work.run();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String id, ObjectNode record) throws IOException {
        Path draft = folder().resolve(id + ".tmp");
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(Json.write(record).getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(draft, file(id), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        entries.put(id, new Entry(Files.getLastModifiedTime(file(id)).to(TimeUnit.NANOSECONDS), record));
        tell();
    }

    private static Optional<Entry> entry(Path file) throws IOException {
        try {
            long modified = Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS);
            return Json.MAPPER.readTree(Files.readAllBytes(file)) instanceof ObjectNode record ? Optional.of(new Entry(modified, record))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private void tell() {
        Map<String, ErasedUsers.Since> erased = new HashMap<>();
        for (Entry entry : entries.values()) {
            if (entry.record().path(QUEUED).asBoolean()) {
                long since = entry.record().path(RECEIVED).asLong();
                String id = entry.record().path(ID).asText();
                entry.record().path(NAMES).properties().forEach(name -> erased.merge(name.getKey(),
                        new ErasedUsers.Since(id, since, name.getValue().asBoolean()), (one, other) -> new ErasedUsers.Since(
                                id, Math.max(one.millis(), other.millis()), one.byEmail() || other.byEmail())));
            }
        }
        users.set(erased);
    }

    private Path folder() {
        return folder.isEmpty() ? data.resolve("erasures") : Path.of(folder);
    }

    private Path file(String id) {
        return folder().resolve(id + ".json");
    }
}
