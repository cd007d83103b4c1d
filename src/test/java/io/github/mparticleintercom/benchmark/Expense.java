package io.github.mparticleintercom.benchmark;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * What a process has used, by kind of thread.
 *
 * @param processorNanos processor time; {@link ThreadKind#REST} holds that of threads that have ended as well
 * @param allocatedBytes what threads that run Java put on the heap, without those that have ended
 */
record Expense(Map<ThreadKind, Long> processorNanos, Map<ThreadKind, Long> allocatedBytes) {

    long totalProcessorNanos() {
        return processorNanos.values().stream().mapToLong(Long::longValue).sum();
    }

    long totalAllocatedBytes() {
        return allocatedBytes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What is used from one look at a process to the next. */
    static final class Meter implements AutoCloseable {

        private final long pid;
        private final JMXConnector connector;
        private final ThreadMXBean threads;
        private final OperatingSystemMXBean system;
        private Look last;

        /** Attaches to a process of this user. */
        Meter(long pid) throws IOException {
            this.pid = pid;
            this.connector = JMXConnectorFactory.connect(new JMXServiceURL(agent(pid)));
            MBeanServerConnection server = connector.getMBeanServerConnection();
            threads = ManagementFactory.newPlatformMXBeanProxy(server, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
            system = ManagementFactory.newPlatformMXBeanProxy(server, ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME,
                    OperatingSystemMXBean.class);
            last = look();
        }

        private static String agent(long pid) throws IOException {
            try {
                VirtualMachine machine = VirtualMachine.attach(String.valueOf(pid));
                try {
                    return machine.startLocalManagementAgent();
                } finally {
                    machine.detach();
                }
            } catch (AttachNotSupportedException e) {
                throw new IOException(e);
            }
        }

        /** What the process used since this was asked last. */
        Expense lap() throws IOException {
            Look now = look();
            Map<ThreadKind, Long> nanos = new EnumMap<>(ThreadKind.class);
            Map<ThreadKind, Long> bytes = new EnumMap<>(ThreadKind.class);
            now.java.forEach((id, use) -> {
                Use before = last.java.getOrDefault(id, Use.NONE);
                nanos.merge(use.kind, use.nanos - before.nanos, Long::sum);
                bytes.merge(use.kind, use.bytes - before.bytes, Long::sum);
            });
            now.machine.forEach((id, use) ->
                    nanos.merge(use.kind, use.nanos - last.machine.getOrDefault(id, Use.NONE).nanos, Long::sum));
            long known = nanos.values().stream().mapToLong(Long::longValue).sum();
            nanos.merge(ThreadKind.REST, now.processNanos - last.processNanos - known, Long::sum);
            last = now;
            return new Expense(nanos, bytes);
        }

        private Look look() throws IOException {
            long[] ids = threads.getAllThreadIds();
            ThreadInfo[] infos = threads.getThreadInfo(ids);
            long[] nanos = threads.getThreadCpuTime(ids);
            long[] bytes = threads.getThreadAllocatedBytes(ids);
            Map<Long, Use> java = new HashMap<>();
            for (int i = 0; i < ids.length; i++) {
                if (infos[i] != null && nanos[i] >= 0) {
                    java.put(ids[i], new Use(ThreadKind.ofJava(infos[i].getThreadName()), nanos[i], bytes[i]));
                }
            }
            return new Look(java, machineThreads(), system.getProcessCpuTime());
        }

        /** The compilers and collectors, which the management beans do not tell of. */
        private Map<Long, Use> machineThreads() throws IOException {
            Map<Long, Use> uses = new HashMap<>();
            List<Path> tasks;
            try (Stream<Path> folders = Files.list(Path.of("/proc", String.valueOf(pid), "task"))) {
                tasks = folders.toList();
            }
            for (Path task : tasks) {
                try {
                    ThreadKind kind = ThreadKind.ofMachine(Files.readString(task.resolve("comm")).strip());
                    if (kind != ThreadKind.REST) {
                        long nanos = Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ")[0]);
                        uses.put(Long.valueOf(task.getFileName().toString()), new Use(kind, nanos, 0));
                    }
                } catch (NoSuchFileException ended) {
                    continue;
                }
            }
            return uses;
        }

        @Override
        public void close() throws IOException {
            connector.close();
        }

        private record Use(ThreadKind kind, long nanos, long bytes) {
            static final Use NONE = new Use(ThreadKind.REST, 0, 0);
        }

        private record Look(Map<Long, Use> java, Map<Long, Use> machine, long processNanos) {
        }
    }
}
