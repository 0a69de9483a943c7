# docker build --build-arg VERSION=1.0.0 --build-arg REVISION="$(git rev-parse --short HEAD)" -t postern .
# For several platforms at once: docker buildx build --platform linux/amd64,linux/arm64. The archives of classes are made on each platform by
# the Java that will read them.
FROM maven:3.9.16-eclipse-temurin-17-noble AS build
WORKDIR /src
COPY .mvn .mvn
COPY pom.xml ./
COPY src/main src/main
# The pages are compiled here, so the image needs no compiler and no writable work folder.
ARG REVISION=
RUN mvn -B -ntp -Dmaven.test.skip=true -Dpostern.revision="$REVISION" package && mkdir /root-app && cd /root-app && jar xf /src/target/postern.war

FROM tomcat:11.0.25-jre25-temurin-noble
# Without the configuration of the stock image; with the folders Tomcat would try to make in a read-only file system.
# A deployment that only changes the image may still name oauth2-proxy's command.
RUN rm -rf webapps.dist conf \
 && mkdir -p conf/Catalina/localhost webapps/ROOT work/Catalina/localhost/ROOT \
 && ln -s /usr/local/tomcat/bin/postern /bin/oauth2-proxy
COPY tomcat-conf/ conf/
COPY bin/ bin/
COPY LICENSE ./
# Owned by root, read by everybody: the server cannot change its own code.
COPY --from=build /root-app/ webapps/ROOT/

# Starts Postern once, so that every start after it loads its classes from the JVM's archives (some 90 MB). They are read-only, and hold
# nothing of the settings that they were made with, which the script makes up.
RUN postern-train

# Inside a container the network is the container's own; secrets come at run time, from files or the environment.
ENV POSTERN_ADDRESS=0.0.0.0
EXPOSE 4180
# A number, so that runAsNonRoot can see that it is not root; the same as oauth2-proxy's chart uses.
USER 2000:2000
# Told to end, it says so at /ready, goes on answering for shutdown-delay (3 s), ends the requests in flight, and exits with code 143.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 CMD ["postern-health"]
ENTRYPOINT ["postern"]
CMD []

ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=
LABEL org.opencontainers.image.title="Postern" \
      org.opencontainers.image.description="A forward-auth gateway: single sign-on by OpenID Connect for the apps behind a reverse proxy" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.base.name="docker.io/library/tomcat:11.0.25-jre25-temurin-noble" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"
