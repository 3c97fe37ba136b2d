# The server, without its Redis (compose.yaml adds one).
#   docker build -t invited .
#   docker build --build-arg BASE=debian:bookworm-slim -t invited .   on Debian 12 instead
#   docker run --rm invited keygen                                    any command of invited; `serve` is the default
ARG BASE=debian:trixie-slim

FROM ${BASE} AS build
WORKDIR /src
# The packages come first, in a layer of their own, because they rarely change.
COPY scripts/lib.sh scripts/deps scripts/get_phonenumber scripts/
RUN scripts/deps --build
COPY CMakeLists.txt CMakePresets.json ./
COPY store store
COPY handlers handlers
COPY scripts/get_web scripts/
RUN scripts/get_web || echo "without the pages"
COPY server server
RUN cmake --preset release \
 && cmake --build --preset release \
 && install -D --strip build/release/invited /out/invited

FROM ${BASE}
RUN --mount=type=bind,source=scripts,target=/scripts \
    /scripts/deps --libs && rm -rf /var/lib/apt/lists/* /var/cache/apt/*
RUN groupadd --gid 4321 invited \
 && useradd --uid 4321 --gid 4321 --no-create-home --home-dir / --shell /usr/sbin/nologin invited
COPY --from=build /out/invited /usr/local/bin/invited
COPY scripts/healthcheck /usr/local/bin/healthcheck
# By number, because Kubernetes' runAsNonRoot cannot look names up.
USER 4321:4321

# Nothing outside can reach a container's loopback.
ENV INVITED_LISTEN=0.0.0.0:4321
EXPOSE 4321
HEALTHCHECK --interval=10s --timeout=4s --start-period=5s CMD ["healthcheck", "4321"]
# SIGTERM, Docker's default, lets running requests end: ten seconds at most, so stop it with -t 15.
ENTRYPOINT ["invited"]
