using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(SqliteDb))]
    [Migration("20261128055532_Duplicates")]
    public sealed class Duplicates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "dismiss_reason",
                table: "likely_duplicates",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "dismissed_at",
                table: "likely_duplicates",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "dismissed_by",
                table: "likely_duplicates",
                type: "TEXT",
                maxLength: 256,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "evidence",
                table: "likely_duplicates",
                type: "TEXT",
                maxLength: 500,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<byte[]>(
                name: "id",
                table: "likely_duplicates",
                type: "BLOB",
                nullable: false,
                defaultValue: new byte[0]);

            migrationBuilder.AddColumn<int>(
                name: "score",
                table: "likely_duplicates",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "split_at",
                table: "likely_duplicates",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.Sql(
                """
                UPDATE likely_duplicates SET id = randomblob(16), score = CASE
                    WHEN reasons LIKE '%channel-says-same%' THEN 9900
                    WHEN reasons LIKE '%same-phone%' THEN 9700
                    WHEN reasons LIKE '%same-email%' THEN 9000
                    WHEN reasons LIKE '%claimed-phone%' THEN 6500
                    ELSE 6000 END
                """);

            migrationBuilder.CreateIndex(
                name: "ix_likely_duplicates_open",
                table: "likely_duplicates",
                columns: new[] { "organization_id", "score", "id" },
                filter: "dismissed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_likely_duplicates_organization_id_id",
                table: "likely_duplicates",
                columns: new[] { "organization_id", "id" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_likely_duplicates_open",
                table: "likely_duplicates");

            migrationBuilder.DropIndex(
                name: "ix_likely_duplicates_organization_id_id",
                table: "likely_duplicates");

            migrationBuilder.Sql("ALTER TABLE likely_duplicates DROP COLUMN dismiss_reason");

            migrationBuilder.Sql("ALTER TABLE likely_duplicates DROP COLUMN dismissed_at");

            migrationBuilder.Sql("ALTER TABLE likely_duplicates DROP COLUMN dismissed_by");

            migrationBuilder.Sql("ALTER TABLE likely_duplicates DROP COLUMN evidence");

            migrationBuilder.Sql("ALTER TABLE likely_duplicates DROP COLUMN id");

            migrationBuilder.Sql("ALTER TABLE likely_duplicates DROP COLUMN score");

            migrationBuilder.Sql("ALTER TABLE likely_duplicates DROP COLUMN split_at");
        }
    }
}
