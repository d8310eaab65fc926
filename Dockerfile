# The container image where there is nothing but a container engine; docs/image.md has the other way.
#
#   docker build --tag fairlead/fairlead:0.1.0 .
#
# BUILD_IMAGE needs a JDK 25 and Maven on Debian or a kin of it; its C library becomes that of the image. The runtime
# is for the machine that it is made on: --platform linux/arm64 runs the first stage there.
ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-25

FROM ${BUILD_IMAGE} AS build
# For Maven, as --settings or --offline.
ARG MAVEN_OPTIONS
RUN command -v strip unzip || { apt-get update && apt-get install -y --no-install-recommends binutils unzip; }
WORKDIR /src
COPY . .
RUN umask 022 && mvn -B -ntp ${MAVEN_OPTIONS} '-P!checks' -Dmaven.test.skip=true -Djib.skip=true package -pl proxy-image -am

FROM scratch
LABEL org.opencontainers.image.title="Fairlead" \
      org.opencontainers.image.description="A memcached proxy in pure Java: replaces mcrouter and twemproxy" \
      org.opencontainers.image.version="0.1.0-SNAPSHOT" \
      org.opencontainers.image.licenses="Apache-2.0 AND GPL-2.0-only WITH Classpath-exception-2.0 AND LGPL-2.1-or-later"
COPY --from=build /src/proxy-image/target/rootfs/ /
ENV PATH=/opt/fairlead/bin \
    LANG=C.UTF-8 \
    MALLOC_ARENA_MAX=1 \
    FAIRLEAD_LISTEN=0.0.0.0:5000 \
    FAIRLEAD_ADMIN=0.0.0.0:9090
USER 65532:65532
EXPOSE 5000 9090
ENTRYPOINT ["/opt/fairlead/bin/java", "-jar", "/opt/fairlead/fairlead.jar"]
CMD ["serve", "--config", "/etc/fairlead/fairlead.yaml"]
