package io.github.postern.users;

import io.github.postern.config.PasswordFile;

/** A name and a password as somebody sent them. Does not print. */
public final class Attempt {
    private static final int LONGEST_PASSWORD = 4096;
    private final String name;
    private final byte[] password;

    /** @param password its bytes, whatever their encoding */
    public Attempt(String name, byte[] password) {
        this.name = name;
        this.password = password.clone();
    }

    /** Whose password it is said to be. */
    public String name() {
        return name;
    }

    byte[] password() {
        return password; // package-private: nobody here changes it
    }

    /** Whether it could be right at all. bcrypt repeats a password behind a zero, so {@code a} and {@code a\0a} would be the same. */
    boolean isPossible() {
        boolean fits = name.length() <= PasswordFile.LONGEST_NAME && password.length <= LONGEST_PASSWORD;
        for (int i = 0; i < password.length && fits; i++) {
            fits = password[i] != 0;
        }
        return fits;
    }

    @Override
    public String toString() {
        return "***";
    }
}
