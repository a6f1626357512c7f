/** Whether the API answers. `revision` increments when it is back, so that loaders run again. */
class Connection {
  down = $state(false);
  revision = $state(0);

  lost(): void {
    this.down = true;
  }

  answered(): void {
    if (!this.down) return;
    this.down = false;
    this.revision += 1;
  }
}

export const connection = new Connection();
