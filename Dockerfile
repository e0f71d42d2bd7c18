# Two stages: a static binary, and an image with nothing else in it. Base images by build-arg, so that a release can pin digests.
ARG GO_IMAGE=golang:1.26-bookworm
ARG RUNTIME_IMAGE=gcr.io/distroless/static-debian12:nonroot

FROM ${GO_IMAGE} AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
# The scripts keep the modes of the checkout, and a strict umask there would hide them from the image's user.
RUN chmod -R a+rX scripts && CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o /out/luaction .

FROM ${RUNTIME_IMAGE}
COPY --from=build /out/luaction /luaction
# The bundled scripts, so that the image answers by itself; mount a folder over it to serve your own.
COPY --from=build /src/scripts /scripts
ENV LUACTION_SCRIPTS=/scripts
USER 65532:65532
EXPOSE 5055
# Asks the address that LUACTION_HOST, LUACTION_PORT and LUACTION_SSL_CERTIFICATE name: set these here, not as flags.
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["/luaction", "healthcheck"]
ENTRYPOINT ["/luaction"]
CMD ["serve"]
