package io.channelbox.examples.system;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The folder that a program keeps its files in, for as long as it lives, alone or together with others that know of it. Who else has an account on the machine sees nothing of it. */
final class DataFolder implements AutoCloseable {

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Makes the folder if there is none, and refuses one that another program has, unless both share theirs. */
    static DataFolder open(Path path, boolean shared) throws IOException {
        Files.createDirectories(path, ownersOnly());
        FileChannel channel = FileChannel.open(
                path.resolve("chat.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        if (tryLock(channel, shared) == null) {
            channel.close();
            throw new IllegalArgumentException("Another program has the folder " + path + ": try --data DIR.");
        }
        return new DataFolder(path, channel);
    }

    private static FileAttribute<?>[] ownersOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    private static @Nullable FileLock tryLock(FileChannel channel, boolean shared) throws IOException {
        try {
            return channel.tryLock(0, Long.MAX_VALUE, shared);
        } catch (OverlappingFileLockException ofThisProcess) {
            return null;
        }
    }

    Path uploads() {
        return path.resolve("uploads");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
