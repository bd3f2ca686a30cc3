using System.Net;

namespace Bellhop.Features.Channels;

/// <summary>
/// A body that is written to the network once at most. The framework's client repeats a request by itself when a kept connection turns out
/// to be closed; a message would then be sent twice. It also says whether any of the body may have left us.
/// </summary>
internal sealed class OnceContent : HttpContent
{
    private readonly HttpContent _inner;

    public OnceContent(HttpContent inner)
    {
        _inner = inner;
        foreach (var header in inner.Headers)
        {
            Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
    }

    public bool HasBegun { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (HasBegun)
        {
            throw new InvalidOperationException("A message is sent once.");
        }

        HasBegun = true;
        return _inner.CopyToAsync(stream, context, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? 0;
        return _inner.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
