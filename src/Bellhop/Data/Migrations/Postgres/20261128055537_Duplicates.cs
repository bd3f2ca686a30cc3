using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Postgres
{
    /// <inheritdoc />
    [DbContext(typeof(PostgresDb))]
    [Migration("20261128055537_Duplicates")]
    public sealed class Duplicates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "dismiss_reason",
                table: "likely_duplicates",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<DateTime>(
                name: "dismissed_at",
                table: "likely_duplicates",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "dismissed_by",
                table: "likely_duplicates",
                type: "character varying(256)",
                maxLength: 256,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "evidence",
                table: "likely_duplicates",
                type: "character varying(500)",
                maxLength: 500,
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.AddColumn<Guid>(
                name: "id",
                table: "likely_duplicates",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<int>(
                name: "score",
                table: "likely_duplicates",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "split_at",
                table: "likely_duplicates",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.Sql(
                """
                UPDATE likely_duplicates SET id = gen_random_uuid(), score = CASE
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

            migrationBuilder.DropColumn(
                name: "dismiss_reason",
                table: "likely_duplicates");

            migrationBuilder.DropColumn(
                name: "dismissed_at",
                table: "likely_duplicates");

            migrationBuilder.DropColumn(
                name: "dismissed_by",
                table: "likely_duplicates");

            migrationBuilder.DropColumn(
                name: "evidence",
                table: "likely_duplicates");

            migrationBuilder.DropColumn(
                name: "id",
                table: "likely_duplicates");

            migrationBuilder.DropColumn(
                name: "score",
                table: "likely_duplicates");

            migrationBuilder.DropColumn(
                name: "split_at",
                table: "likely_duplicates");
        }
    }
}
