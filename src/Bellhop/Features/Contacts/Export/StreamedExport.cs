using System.Buffers;
using System.IO.Pipelines;
using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts.Export;

/// <summary>
/// Streams an export to the caller. It holds the database for a few seconds at most. What a slow reader has not read by then goes to a file
/// in the data folder, and is sent from there at the reader's pace.
/// </summary>
internal sealed class StreamedExport(ExportRequest question, Actor who, BellhopDb db, RunningExports running, DataFolder folder) : IResult
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, cancel) = (httpContext.Response, httpContext.RequestAborted);
        using var turn = running.Begin(who);
        var name = await ExportContacts.FileName(who, db, cancel);
        if (HttpMethods.IsHead(httpContext.Request.Method))
        {
            Head(response, name);
            return;
        }

        var clock = db.Host.Clock;
        var (began, pending) = (clock.GetTimestamp(), default(Task<FlushResult>));
        FileStream? aside = null;
        try
        {
            await ExportContacts.Write(question, null, who, db, SendOn, cancel);
            if (aside is not null)
            {
                await pending!;
                aside.Position = 0;
                await aside.CopyToAsync(response.BodyWriter, cancel);
            }
        }
        finally
        {
            if (aside is not null)
            {
                await aside.DisposeAsync();
            }
        }

        async ValueTask SendOn(ReadOnlyMemory<byte> bytes, long rows, CancellationToken gone)
        {
            if (aside is not null)
            {
                await aside.WriteAsync(bytes, gone);
                return;
            }

            if (!response.HasStarted)
            {
                Head(response, name);
            }

            response.BodyWriter.Write(bytes.Span);
            pending = response.BodyWriter.FlushAsync(gone).AsTask();
            var left = Patience - clock.GetElapsedTime(began);
            if (pending.IsCompleted || (left > TimeSpan.Zero && await Task.WhenAny(pending, Task.Delay(left, clock, gone)) == pending))
            {
                await pending;
                gone.ThrowIfCancellationRequested();
            }

            if (clock.GetElapsedTime(began) >= Patience)
            {
                aside = ExportFiles.Aside(folder);
            }
        }
    }

    private static void Head(HttpResponse response, string name)
    {
        response.ContentType = ExportContacts.ContentType;
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
    }
}
