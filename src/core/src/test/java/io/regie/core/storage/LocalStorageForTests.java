package io.regie.core.storage;

import java.nio.file.Path;

/** Real storage for tests of other features. */
public final class LocalStorageForTests {

    private LocalStorageForTests() {}

    public static Storage at(Path root, Disk disk) {
        return new LocalStorage(root, disk);
    }
}
