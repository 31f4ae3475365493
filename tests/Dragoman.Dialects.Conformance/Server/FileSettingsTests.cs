using Dragoman.Server.Configuration;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Dragoman.Dialects.Conformance.Server;

public sealed class FileSettingsTests
{
    private static readonly string[] S3 =
        ["Files=s3", "Files:ServiceUrl=http://127.0.0.1:9000", "Files:Bucket=bucket", "Files:AccessKey=key", "Files:SecretKey=TheSecret"];

    [Fact]
    public void Without_a_word_files_are_on_disk()
    {
        var settings = Read(out var faults);

        Assert.Empty(faults);
        Assert.Null(settings.S3);
        Assert.Null(settings.Path);
    }

    [Fact]
    public void An_object_storage_is_named_by_five_options()
    {
        var settings = Read(out var faults, S3);

        Assert.Empty(faults);
        Assert.Equal(("http://127.0.0.1:9000", "bucket", "TheSecret"), (settings.S3!.ServiceUrl, settings.S3.Bucket, settings.S3.SecretKey));
    }

    [Fact]
    public void Everything_that_is_missing_is_told_at_once()
    {
        Read(out var faults, "Files=s3");

        Assert.Equal(["Files:ServiceUrl", "Files:Bucket", "Files:AccessKey", "Files:SecretKey"], faults.Select(f => f.Key));
    }

    [Fact]
    public void A_fault_beside_the_secret_does_not_tell_it()
    {
        Read(out var faults, [.. S3, "Files:Region=", "Files:Presign=perhaps", "Files:PublicUrl=nowhere"]);

        Assert.Equal(["Files:Presign", "Files:Region", "Files:PublicUrl"], faults.Select(f => f.Key));
        Assert.DoesNotContain(faults, f => f.Problem.Contains("TheSecret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Files=tape", "Files")]
    [InlineData("Files:Nonsense=1", "Files:Nonsense")]
    [InlineData("Files:MaxBytes=0", "Files:MaxBytes")]
    [InlineData("Files:MaxBytes=many", "Files:MaxBytes")]
    [InlineData("Files:MaxBytes=53687091200001", "Files:MaxBytes")]
    [InlineData("Files:MinPart=1023", "Files:MinPart")]
    [InlineData("Files:MaxPart=5368709121", "Files:MaxPart")]
    [InlineData("Files:MaxParts=0", "Files:MaxParts")]
    [InlineData("Files:MaxParts=10001", "Files:MaxParts")]
    [InlineData("Files:MaxAppBytes=0", "Files:MaxAppBytes")]
    [InlineData("Files:MaxOpenUploads=0", "Files:MaxOpenUploads")]
    [InlineData("Files:UploadLife=00:00:00", "Files:UploadLife")]
    [InlineData("Files:UploadLife=31.00:00:00", "Files:UploadLife")]
    [InlineData("Files:PartLinkLife=8.00:00:00", "Files:PartLinkLife")]
    [InlineData("Files:DownloadLinkLife=8.00:00:00", "Files:DownloadLinkLife")]
    [InlineData("Files:SweepInterval=00:00:00", "Files:SweepInterval")]
    [InlineData("Files:UploadMemory=00:00:01", "Files:UploadMemory")]
    public void A_value_past_its_bound_is_told_by_key(string option, string key)
    {
        Read(out var faults, option);

        Assert.Equal([key], faults.Select(f => f.Key));
    }

    [Theory]
    [InlineData("Files:MaxBytes=1")]
    [InlineData("Files:MaxBytes=53687091200000")]
    [InlineData("Files:MinPart=1024")]
    [InlineData("Files:MaxPart=5368709120")]
    [InlineData("Files:MaxParts=1")]
    [InlineData("Files:MaxAppBytes=9223372036854775807")]
    [InlineData("Files:UploadLife=30.00:00:00")]
    [InlineData("Files:UploadLife=00:00:01")]
    [InlineData("Files:DownloadLinkLife=7.00:00:00")]
    public void A_value_at_its_bound_is_taken(string option)
    {
        Read(out var faults, option);

        Assert.Empty(faults);
    }

    [Fact]
    public void Parts_that_contradict_each_other_are_told()
    {
        Read(out var faults, "Files:MinPart=4096", "Files:MaxPart=2048");
        Assert.Equal(["Files:MaxPart"], faults.Select(f => f.Key));
    }

    [Fact]
    public void An_object_storage_takes_no_smaller_parts()
    {
        Read(out var faults, [.. S3, "Files:MinPart=5242879"]);
        Assert.Equal(["Files:MinPart"], faults.Select(f => f.Key));
    }

    private static FileSettings Read(out IReadOnlyList<(string Key, string Problem)> told, params string[] options)
    {
        var faults = new ConfigurationFaults();
        var settings = FileSettings.Read(new ConfigurationBuilder().AddCommandLine([.. options.Select(o => "--" + o)]).Build(), faults);
        told = faults.All;
        return settings;
    }
}
