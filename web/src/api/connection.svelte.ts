/** Whether the API answers at all. `revision` rises when it is back, so that what failed to load is asked for again. */
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
