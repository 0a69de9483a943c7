package io.github.postern.config;

import java.util.Optional;

/**
 * Where sessions are kept.
 *
 * @param type the kind of store
 * @param redis the Redis server; always there for {@link Type#REDIS}, and shared by replicas for sign-outs with
 *     {@link Type#COOKIE}
 */
public record StoreSettings(Type type, Optional<RedisSettings> redis) {
    /** The kinds of store, as {@code session-store-type} names them. */
    public enum Type {
        COOKIE,
        REDIS,
        TOMCAT
    }
}
