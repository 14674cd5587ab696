namespace Kawaraban.Fetching;

/// <summary>The bytes of a body as they cross the wire: counts them, and lets the first ones be looked at before they are read.</summary>
internal sealed class WireStream(Stream wire) : Stream
{
    private readonly byte[] first = new byte[2];
    private int peeked;
    private int given;

    /// <summary>How many bytes have come.</summary>
    public long Count { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>The first two bytes, which are read again afterwards; fewer when the body is shorter.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> Peek(CancellationToken cancellation)
    {
        while (peeked < first.Length && await wire.ReadAsync(first.AsMemory(peeked), cancellation) is > 0 and var read)
        {
            peeked += read;
            Count += read;
        }

        return first.AsMemory(0, peeked);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (given < peeked)
        {
            var length = Math.Min(buffer.Length, peeked - given);
            first.AsMemory(given, length).CopyTo(buffer);
            given += length;
            return length;
        }

        var read = await wire.ReadAsync(buffer, cancellationToken);
        Count += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("a body is read asynchronously");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
