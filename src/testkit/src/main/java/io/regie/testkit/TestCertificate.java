package io.regie.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate that signed itself. Nobody knows it who was not told. */
public final class TestCertificate {

    private static final String PASSWORD = "test-certificate";

    private final Path store;
    private final Path pem;

    private TestCertificate(Path store, Path pem) {
        this.store = store;
        this.pem = pem;
    }

    /** @param address the only one it is for */
    public static TestCertificate forAddress(String address, Path folder) throws IOException, InterruptedException {
        return of("ip:" + address, folder);
    }

    /** @param name of the only host it is for */
    public static TestCertificate forName(String name, Path folder) throws IOException, InterruptedException {
        return of("dns:" + name, folder);
    }

    private static TestCertificate of(String subject, Path folder) throws IOException, InterruptedException {
        Path store = Files.createTempFile(folder, "certificate", ".p12");
        Files.delete(store);
        Path pem = Files.createFile(folder.resolve(store.getFileName() + ".pem"));
        keytool(
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                "peer",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-dname",
                "CN=peer",
                "-ext",
                "san=" + subject,
                "-ext",
                "bc:c",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            String body = Base64.getMimeEncoder()
                    .encodeToString(keys.getCertificate("peer").getEncoded());
            Files.writeString(pem, "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        return new TestCertificate(store, pem);
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(said);
        }
    }

    /** For whoever is to trust it. */
    public Path pem() {
        return pem;
    }

    /** For the server that shows it. */
    public SSLContext server() throws IOException {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
