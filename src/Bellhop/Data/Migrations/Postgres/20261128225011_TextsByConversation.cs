using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Postgres
{
    /// <inheritdoc />
    [DbContext(typeof(PostgresDb))]
    [Migration("20261128225011_TextsByConversation")]
    public sealed class TextsByConversation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_messages_organization_id_conversation_id",
                table: "messages",
                columns: new[] { "organization_id", "conversation_id" },
                filter: "octet_length(search) > 2000");

            migrationBuilder.CreateIndex(
                name: "ix_messages_organization_id_conversation_id_search",
                table: "messages",
                columns: new[] { "organization_id", "conversation_id", "search" },
                filter: "octet_length(search) <= 2000");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_messages_organization_id_conversation_id",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "ix_messages_organization_id_conversation_id_search",
                table: "messages");
        }
    }
}
