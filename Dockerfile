FROM maven:3.9.16-eclipse-temurin-17-noble AS build
WORKDIR /src
COPY .mvn .mvn
COPY pom.xml ./
COPY src/main src/main
# The pages are compiled here, so the image needs no compiler and no writable work folder.
RUN mvn -B -ntp -Dmaven.test.skip=true package && mkdir /root-app && cd /root-app && jar xf /src/target/postern.war

FROM tomcat:11.0.25-jre25-temurin-noble
LABEL org.opencontainers.image.title="Postern" \
      org.opencontainers.image.description="A forward-auth gateway: single sign-on by OpenID Connect for the apps behind a reverse proxy" \
      org.opencontainers.image.licenses="Apache-2.0"

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

# Inside a container the network is the container's own; secrets come at run time, from files or the environment.
ENV POSTERN_ADDRESS=0.0.0.0
EXPOSE 4180
# A number, so that runAsNonRoot can see that it is not root; the same as oauth2-proxy's chart uses.
USER 2000:2000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 CMD ["postern-health"]
ENTRYPOINT ["postern"]
CMD []
