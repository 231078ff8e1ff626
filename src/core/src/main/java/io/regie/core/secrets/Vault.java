package io.regie.core.secrets;

import io.regie.core.settings.Installation;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Seals texts for the database with a key that is not in it. */
@Singleton
public class Vault {
    private static final System.Logger LOG = System.getLogger(Vault.class.getName());
    private static final int KEY = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final String VERSION = "v1:";

    private final SecureRandom random = new SecureRandom();
    private final SecretsConfig config;
    private final Path file;
    private @Nullable SecretKeySpec key;

    Vault(SecretsConfig config, Installation installation) {
        this.config = config;
        this.file = installation.data().toAbsolutePath().resolve("secrets.key");
    }

    /** @param purpose what it is for: it opens for nothing else */
    public String seal(String text, String purpose) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, purpose).doFinal(text.getBytes(StandardCharsets.UTF_8));
            return VERSION
                    + Base64.getEncoder()
                            .encodeToString(ByteBuffer.allocate(NONCE + sealed.length)
                                    .put(nonce)
                                    .put(sealed)
                                    .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot seal", e);
        }
    }

    /** Empty when it was sealed with another key, or for another purpose. */
    public Optional<String> open(String sealed, String purpose) {
        try {
            byte[] bytes = Base64.getDecoder().decode(sealed.substring(VERSION.length()));
            byte[] nonce = new byte[NONCE];
            ByteBuffer.wrap(bytes).get(nonce);
            byte[] text = cipher(Cipher.DECRYPT_MODE, nonce, purpose).doFinal(bytes, NONCE, bytes.length - NONCE);
            return Optional.of(new String(text, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "A stored secret does not open: it was sealed with another key");
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private synchronized SecretKeySpec key() {
        if (key == null) {
            try {
                byte[] bytes = config.key().isPresent()
                        ? Base64.getDecoder().decode(config.key().get().strip())
                        : own();
                if (bytes.length != KEY) {
                    throw new IllegalStateException("regie.secrets.key must have " + KEY + " bytes in base 64");
                }
                key = new SecretKeySpec(bytes, "AES");
            } catch (IOException e) {
                throw new IllegalStateException("The key of stored secrets cannot be read or made", e);
            }
        }
        return key;
    }

    /** Made when first needed, and durable before anything is sealed with it. */
    private byte[] own() throws IOException {
        if (!Files.exists(file)) {
            byte[] fresh = new byte[KEY];
            random.nextBytes(fresh);
            Path half = Files.createTempFile(
                    file.getParent(),
                    "secrets",
                    ".part",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (FileChannel channel = FileChannel.open(half, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(fresh));
                channel.force(true);
            }
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
        return Files.readAllBytes(file);
    }
}
